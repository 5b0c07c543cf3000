"""What the kiosk reads aloud of a form: to listen to, line by line, and to record in place of a made voice."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms.definition import Form
from server.catalogue.shelf import Entry, find
from server.errors import NotFoundError
from server.models.officers import Role
from server.queries.speech import recordings_by_clip
from server.speech import recordings
from server.speech.clips import clip_path, expect
from server.speech.listing import Group, heard, named, utterances_of
from server.speech.wav import SoundError
from server.web.here import store_here
from server.web.roles import current_officer, requires

bp = Blueprint("speech", __name__, template_folder="templates", url_prefix="/forms")

ALOUD = "/<name>/<version>/aloud"
CLIP = f"{ALOUD}/<clip>"

GROUPS = ((Group.FORM, "of the form"), (Group.KIOSK, "of the kiosk, with letters and numbers"))


@bp.get(ALOUD)
@requires(Role.OFFICER)
def aloud(name: str, version: str) -> ResponseReturnValue:
    """List what is said of a form in one language, each line with its sound."""
    entry = _entry(name, version)
    language, group = _language_asked(entry.form), _group_asked()
    landlord = store_here().settings.who()
    with store_here().reading() as session:
        recorded = recordings_by_clip(session)
    lines = heard(store_here(), utterances_of(entry.form, language, landlord, group), recorded)
    return render_template(
        "speech/aloud.html",
        entry=entry,
        title=_title(entry),
        language=language,
        group=group,
        groups=GROUPS,
        lines=lines,
        is_manager=Role(current_officer().role).includes(Role.MANAGER),
    )


@bp.get(f"{CLIP}.wav")
@requires(Role.OFFICER)
def sound(name: str, version: str, clip: str) -> ResponseReturnValue:
    """Give the sound of one line, made now if it was not yet."""
    expect([named(_entry(name, version).form, store_here().settings.who(), clip)])
    path = clip_path(store_here(), clip)
    if path is None:
        raise NotFoundError("Nothing on this machine can say these words. Install espeak-ng, or record them.")
    return Response(path.read_bytes(), mimetype="audio/wav")


@bp.get(CLIP)
@requires(Role.MANAGER)
def one(name: str, version: str, clip: str) -> ResponseReturnValue:
    """Show one line, where it can be recorded."""
    return _page(name, version, clip)


@bp.post(CLIP)
@requires(Role.MANAGER)
def record(name: str, version: str, clip: str) -> ResponseReturnValue:
    """Keep the recording that was sent, or say why it cannot be used."""
    entry = _entry(name, version)
    utterance = named(entry.form, store_here().settings.who(), clip)
    try:
        recordings.keep(store_here(), utterance, _sent_file(), by=current_officer())
    except SoundError as error:
        words = str(error)
        return _page(name, version, clip, mistake=words[:1].upper() + words[1:]), 422
    flash("The recording is kept. The kiosk plays it from now on, wherever these words stand.", "good")
    return redirect(url_for("speech.one", name=name, version=version, clip=clip))


@bp.post(f"{CLIP}/remove")
@requires(Role.MANAGER)
def remove(name: str, version: str, clip: str) -> ResponseReturnValue:
    """Remove a recording."""
    recordings.remove(store_here(), clip, by=current_officer())
    flash("The recording is removed. The voice of this machine says these words again.", "good")
    return redirect(url_for("speech.one", name=name, version=version, clip=clip))


def _page(name: str, version: str, clip: str, mistake: str = "") -> str:
    entry = _entry(name, version)
    utterance = named(entry.form, store_here().settings.who(), clip)
    with store_here().reading() as session:
        recorded = recordings_by_clip(session)
    [line] = heard(store_here(), (utterance,), recorded)
    return render_template(
        "speech/one.html", entry=entry, title=_title(entry), line=line, recording=recorded.get(clip), mistake=mistake
    )


def _sent_file() -> bytes:
    """Give what was sent, up to a byte more than a recording may have; `SoundError` when nothing was."""
    file = request.files.get("file")
    if file is None or not file.filename:
        raise SoundError("choose a recording.")
    with file.stream:
        return file.stream.read(recordings.BYTES_MAX + 1)


def _entry(name: str, version: str) -> Entry:
    with store_here().reading() as session:
        return find(session, name, version)


def _title(entry: Entry) -> str:
    return entry.form.title.filled(entry.form.language, store_here().settings.who().details())


def _language_asked(form: Form) -> str:
    asked = request.args.get("language", form.language)
    return asked if asked in form.languages else form.language


def _group_asked() -> Group:
    asked = request.args.get("group", "")
    return Group(asked) if asked in list(Group) else Group.FORM
