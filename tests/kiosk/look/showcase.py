"""The templates drawn from made-up screens, as pages: `/show?screen=scale&language=pl&size=large&colours=dark`."""

from pathlib import Path
from types import SimpleNamespace

from flask import Flask, render_template, request, send_from_directory
from flask.typing import ResponseReturnValue
from jinja2 import StrictUndefined

from forms.languages import is_right_to_left
from kiosk import wording
from kiosk.screens import Aloud, Colours, Settings, Size, Words
from kiosk.speech.characters import DIGITS, LATIN, LETTERS, letter
from tests.kiosk.look.made import SCREENS, Made, as_words

ROOT = Path(__file__).parents[3]
KIOSK = ROOT / "kiosk"


def showcase(*, px_per_mm: float = 96 / 25.4, low_reach: bool = False) -> Flask:
    """Give an application that shows them."""
    app = Flask("showcase", template_folder=str(KIOSK / "templates"), static_folder=str(ROOT / "server" / "static"))
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.globals["asset"] = lambda name: f"/static/{name}"
    app.add_url_rule("/kiosk/", "kiosk.touched", lambda: "", methods=["POST"])
    for endpoint, rule in (("still_there", "still-there"), ("current", ""), ("alive", "alive"), ("say", "say")):
        app.add_url_rule(f"/kiosk/{rule}", f"kiosk.{endpoint}", lambda: "")
    app.add_url_rule("/kiosk/scale.css", "kiosk.scale", lambda: (_scale(px_per_mm), {"Content-Type": "text/css"}))
    app.add_url_rule(
        "/kiosk/static/<path:name>", "file", lambda name: send_from_directory(KIOSK / "static" / "kiosk", name)
    )

    @app.get("/show")
    def show() -> ResponseReturnValue:
        settings = _settings(request.args.to_dict())
        template = "kiosk/_screen.html" if "part" in request.args else "kiosk/page.html"
        return drawn(settings, request.args["screen"], low_reach=low_reach, template=template)

    return app


def drawn(settings: Settings, name: str, *, low_reach: bool = False, template: str = "kiosk/page.html") -> str:
    """Give the HTML of a made-up screen."""
    language = settings.language
    frame = SimpleNamespace(
        dir="rtl" if is_right_to_left(language) else "ltr",
        low_reach=low_reach,
        file=lambda name: f"/kiosk/static/{name}",
        letters={one: letter(language, one).clip for one in LETTERS.get(language, "") + LATIN + DIGITS},
    )

    def say(key: str) -> Words:
        return as_words(wording.say(key, language), language)

    screen = SCREENS[name](Made(language))
    return render_template(
        template, screen=screen, settings=settings, frame=frame, say=say, is_page=template.endswith("page.html")
    )


def _settings(wanted: dict[str, str]) -> Settings:
    return Settings(
        wanted.get("language", "en"),
        Size(wanted.get("size", "normal")),
        Colours(wanted.get("colours", "light")),
        Aloud(wanted.get("aloud", "asked")),
    )


def _scale(px_per_mm: float) -> str:
    return f":root{{--px-per-mm:{px_per_mm:.4f}}}"
