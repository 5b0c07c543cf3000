"""The kiosk's addresses. One of them holds every screen: what it shows is where this browser's person is."""

import logging
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final, cast

from flask import (
    Response,
    abort,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
    send_file,
    send_from_directory,
    url_for,
)
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from kiosk import cookies
from kiosk.frame import STATIC, Installed, frame_of, scale_css
from kiosk.pen import Pen
from kiosk.places import Place
from kiosk.screens import Screen, Settings
from kiosk.showing import Scene, overlays, shown, trouble
from kiosk.sitting import Sitting
from kiosk.sounds import Sounds
from kiosk.store import Here, Kiosk, KioskStore
from kiosk.submitted import submitted
from kiosk.taking import FRESH, Taking

EXTENSION: Final = "sayso-kiosk"
IMMUTABLE: Final = "public, max-age=31536000, immutable"
SAID_MAX: Final = 2_000
"""Characters of what was typed that are read aloud in one go: two minutes of speech."""

log = logging.getLogger("sayso.kiosk")


@dataclass(frozen=True, slots=True)
class Desk:
    """What the views work with."""

    store: KioskStore
    sounds: Sounds
    installed: Installed


def desk() -> Desk:
    """Give what the views of this application work with."""
    return cast(Desk, current_app.extensions[EXTENSION])


def current() -> ResponseReturnValue:
    """Show where this browser's person is: the start screen where nobody is."""
    kiosk = _kiosk()
    if kiosk is None:
        return _set_up_screen(FRESH.settings)
    key = request.cookies.get(cookies.SITTING, "")
    sitting = Taking(desk().store, kiosk, key).now()
    response = _drawn(_scene(kiosk, sitting))
    cookies.give_kiosk(response, request.cookies[cookies.KIOSK], https=desk().installed.https)
    return _with_key(response, sitting, key)


def touched() -> ResponseReturnValue:
    """Take one touch of a button and show what comes of it; a refused answer with status 422."""
    _refuse_strangers()
    kiosk = _kiosk()
    if kiosk is None:
        return set_up_now()
    done = submitted(request.form.to_dict(flat=False))
    if done is None:
        return redirect(url_for("kiosk.current"), HTTPStatus.SEE_OTHER)
    key = request.cookies.get(cookies.SITTING, "") or cookies.new_key()
    sitting = Taking(desk().store, kiosk, key).take(done)
    scene = _scene(kiosk, sitting)
    screen = shown(scene)
    if screen.problem is None and not _is_htmx():
        return _with_key(make_response(redirect(url_for("kiosk.current"), HTTPStatus.SEE_OTHER)), sitting, key)
    return _with_key(_rendered(scene.pen, sitting.settings, screen), sitting, key)


def still_there() -> ResponseReturnValue:
    """Ask whether somebody is still there, for pages without scripts."""
    kiosk = _kiosk()
    if kiosk is None:
        return _set_up_screen(FRESH.settings)
    sitting = Taking(desk().store, kiosk, request.cookies.get(cookies.SITTING, "")).now()
    if sitting.turn == 0:
        return redirect(url_for("kiosk.current"), HTTPStatus.SEE_OTHER)
    scene = _scene(kiosk, sitting)
    return _rendered(scene.pen, sitting.settings, overlays.still_there(scene))


def alive() -> ResponseReturnValue:
    """Note that somebody is there, while they type or listen; 410 where all was wiped."""
    _refuse_strangers()
    kiosk = _kiosk()
    key = request.cookies.get(cookies.SITTING, "")
    is_there = kiosk is not None and desk().store.alive(kiosk, key)
    return "", HTTPStatus.NO_CONTENT if is_there else HTTPStatus.GONE


def set_up() -> ResponseReturnValue:
    """Ask for the kiosk's key; a script sends the one behind the # of the address, which never leaves the browser."""
    return _set_up_screen(FRESH.settings)


def set_up_now() -> ResponseReturnValue:
    """Take the kiosk's key."""
    _refuse_strangers()
    key = "".join(request.form.get("key", "").split()).upper()
    found = desk().store.set_up(key, request.remote_addr or "") if key else 0
    if not isinstance(found, Kiosk):
        return _set_up_screen(FRESH.settings, wait=found, is_wrong=bool(key))
    response = make_response(redirect(url_for("kiosk.current"), HTTPStatus.SEE_OTHER))
    if _is_htmx():
        response = _drawn(_scene(found, FRESH))
    cookies.give_kiosk(response, key, https=desk().installed.https)
    return _with_key(response, FRESH, "")


def clip(name: str) -> ResponseReturnValue:
    """Give the sound of some words."""
    path = desk().sounds.clip(name)
    if path is None:
        abort(HTTPStatus.NOT_FOUND)
    response = send_file(path, mimetype="audio/wav")
    response.headers["Cache-Control"] = IMMUTABLE
    return response


def say() -> ResponseReturnValue:
    """Give the sound of what the person typed; it is kept nowhere."""
    _refuse_strangers()
    kiosk = _kiosk()
    if kiosk is None:
        abort(HTTPStatus.FORBIDDEN)
    sitting = Taking(desk().store, kiosk, request.cookies.get(cookies.SITTING, "")).now()
    sound = desk().sounds.say(request.form.get("words", "")[:SAID_MAX], sitting.settings.language)
    if sound is None:
        return "", HTTPStatus.NO_CONTENT
    return Response(sound, mimetype="audio/wav")


def scale() -> ResponseReturnValue:
    """Give the style sheet that makes millimetres true on the screen at hand."""
    return Response(scale_css(desk().installed), mimetype="text/css")


def static(filename: str) -> ResponseReturnValue:
    """Give a file of the look; its address changes with its content."""
    response = send_from_directory(STATIC, filename)
    response.headers["Cache-Control"] = IMMUTABLE
    return response


def failed(error: Exception) -> ResponseReturnValue:
    """Say that something went wrong, and what to do; the message of an error may hold what a person said."""
    code = error.code or 500 if isinstance(error, HTTPException) else 500
    if code < 400 and isinstance(error, HTTPException):
        return error.get_response()
    if code >= 500:
        log.error("%s: %s", request.endpoint, type(error).__name__)
    pen = Pen(FRESH.settings.language, desk().installed.details)
    return _rendered(pen, FRESH.settings, trouble.not_now(pen), code)


def finish(response: Response) -> Response:
    """Have nothing kept by caches but sounds and the look."""
    response.headers.setdefault("Cache-Control", "no-store")
    return response


def _kiosk() -> Kiosk | None:
    key = request.cookies.get(cookies.KIOSK)
    return desk().store.kiosk_with(key) if key else None


def _is_htmx() -> bool:
    return request.headers.get("HX-Request") == "true"


def _refuse_strangers() -> None:
    if not cookies.is_from_here(request):
        abort(HTTPStatus.FORBIDDEN)


def _scene(kiosk: Kiosk, sitting: Sitting) -> Scene:
    store, installed = desk().store, desk().installed
    campaign = store.campaign(sitting.campaign) if sitting.campaign is not None else None
    is_start = sitting.spot.place is Place.START
    return Scene(
        Pen(sitting.settings.language, installed.details),
        sitting,
        campaign,
        store.here(kiosk) if is_start else Here(()),
        installed.pledges,
        store.results(campaign) if campaign and sitting.spot.place is Place.RESULTS else None,
        store.seconds_until_next_code(kiosk) if sitting.spot.place is Place.CODE else 0,
    )


def _drawn(scene: Scene) -> Response:
    return _rendered(scene.pen, scene.sitting.settings, shown(scene))


def _set_up_screen(settings: Settings, *, wait: int = 0, is_wrong: bool = False) -> Response:
    pen = Pen(settings.language, desk().installed.details)
    return _rendered(pen, settings, trouble.set_up(pen, wait, is_wrong=is_wrong))


def _rendered(pen: Pen, settings: Settings, screen: Screen, status: int = HTTPStatus.OK) -> Response:
    template = "kiosk/_screen.html" if _is_htmx() else "kiosk/page.html"
    frame = frame_of(desk().installed, settings.language)
    html = render_template(template, screen=screen, settings=settings, frame=frame, say=pen.own)
    desk().sounds.expect(pen.written)
    is_refused = screen.problem is not None and request.method == "POST"
    return make_response(html, HTTPStatus.UNPROCESSABLE_ENTITY if is_refused else status)


def _with_key(response: Response, sitting: Sitting, key: str) -> Response:
    """Give the browser a key of its own for whoever comes next, where nobody's sitting has begun under its present."""
    if sitting.turn == 0:
        cookies.give_sitting(response, cookies.new_key(), https=desk().installed.https)
    elif request.cookies.get(cookies.SITTING) != key:
        cookies.give_sitting(response, key, https=desk().installed.https)
    return response
