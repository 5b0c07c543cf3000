"""The voices of this machine, the real ones, and made-up programs in the place of what cannot be installed here."""

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from kiosk.speech import Utterance
from server.speech import speaking
from server.speech.speaking import VoiceError, mark, output_of, speak
from server.speech.voices import OUTPUT, Voice, voices_for
from server.speech.wav import MADE_BY
from tests.server.speech.sounds import RATE_HZ, speech, wav_file

Program = Callable[[str, str], Path]

LISTING = "print('Pty Language\\n 5  xx  --/M  Madeup  xx')"

FAKE_RHVOICE = """
import argparse
parser = argparse.ArgumentParser()
parser.add_argument("-p", "--profile"), parser.add_argument("-o", "--output")
given = parser.parse_args()
words = sys.stdin.buffer.read().decode()
open(os.path.join(os.path.dirname(__file__), "heard"), "w").write(f"{given.profile}: {words.strip()}")
shutil.copyfile(os.path.join(os.path.dirname(__file__), "sound.wav"), given.output)
"""


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    """Give a way to put a program into a PATH that has nothing else."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))

    def put(name: str, code: str) -> Path:
        path = folder / name
        path.write_text(f"#!{sys.executable} -SsE\nimport os, shutil, sys, time\n{code}\n", encoding="utf-8")
        path.chmod(0o755)
        return path

    return put


@pytest.fixture
def rhvoice(program: Program, tmp_path: Path) -> Path:
    """Put a made-up RHVoice into the PATH that does as the real one's source says.

    It takes words from its standard input, `-p` for the voice and `-o` for the file; its voices lie in `share`.
    """
    for name, language in (("Bdl", "English"), ("Alan", "English"), ("Alicja", "Polish"), ("Magda", "Polish")):
        place = tmp_path / "share" / "RHVoice" / "voices" / name.lower()
        place.mkdir(parents=True)
        (place / "voice.info").write_text(f"name={name}\nlanguage={language}\nsample_rate=24k\n", encoding="utf-8")
    (tmp_path / "bin" / "sound.wav").write_bytes(wav_file(speech().samples))
    return program("RHVoice-test", FAKE_RHVOICE)


def test_the_clearest_voice_comes_first_and_english_has_two_here() -> None:
    assert [voice.label for voice in voices_for("en")] == ["flite (slt)", "espeak-ng (en-gb)"]
    assert [voice.label for voice in voices_for("pl")] == ["espeak-ng (pl)"]
    assert [voice.label for voice in voices_for("ar")] == ["espeak-ng (ar)"]
    assert [voice.label for voice in voices_for("en-US")][1] == "espeak-ng (en-us)"
    assert voices_for("hsb") == ()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Taking everything into account, how satisfied are you – “very” or “fairly”?"),
        ("en", "Go to www.melton.gov.uk."),
        ("pl", "Na ile są Państwo zadowoleni z usług?"),
        ("ar", "يرجى كتابة عدد صحيح، مثل 12."),
    ],
)
def test_each_real_voice_says_words_that_pass_their_check(language: str, words: str) -> None:
    for voice in voices_for(language):
        spoken = speak(Utterance(language, words), [voice])
        assert spoken is not None, voice
        assert spoken.problems == (), voice
        assert spoken.sound.notes[MADE_BY] == voice.label


def test_flite_is_given_plain_letters_only() -> None:
    flite = voices_for("en")[0]
    assert flite.written("“Café” – Łódź, £5") == '"Cafe" ,  Lodz, pounds 5'
    assert voices_for("pl")[0].written("Łódź") == "Łódź"


def test_no_voice_is_found_where_none_is_installed(program: Program) -> None:
    del program
    assert voices_for("en") == ()


def test_rhvoice_made_up_after_its_source_speaks_first_with_the_british_voice(rhvoice: Path) -> None:
    [voice] = voices_for("en")
    assert voice.label == "RHVoice (Alan)"
    spoken = speak(Utterance("en", "Fifteen letters"), [voice])
    assert spoken is not None
    assert spoken.problems == ()
    assert (rhvoice.parent / "heard").read_text("utf-8") == "Alan: Fifteen letters"


def test_rhvoice_made_up_after_its_source_is_not_asked_for_a_language_it_has_no_voice_of(rhvoice: Path) -> None:
    assert rhvoice.exists()
    assert [voice.label for voice in voices_for("pl")] == ["RHVoice (Magda)"]
    assert voices_for("ar") == ()


def voice(path: Path) -> Voice:
    return Voice(path.name, "made up", (str(path), OUTPUT))


def test_a_voice_that_fails_or_gives_no_sound_is_passed_over(rhvoice: Path, program: Program) -> None:
    failing = voice(program("failing", "sys.exit(3)"))
    mute = voice(program("mute", "pass"))
    spoken = speak(Utterance("en", "Fifteen letters"), [failing, mute, *voices_for("en")])
    assert spoken is not None
    assert spoken.sound.notes[MADE_BY] == "RHVoice (Alan)"
    assert rhvoice.exists()
    assert speak(Utterance("en", "Fifteen letters"), [failing, mute]) is None


def test_a_voice_whose_clip_fails_its_check_gives_way_to_the_next(rhvoice: Path, program: Program) -> None:
    short = rhvoice.parent / "short.wav"
    short.write_bytes(wav_file(speech(0.1).samples))
    hasty = voice(program("hasty", f"shutil.copyfile({str(short)!r}, sys.argv[1])"))
    words = Utterance("en", "Fifteen letters, and more of them")
    best = speak(words, [hasty, *voices_for("en")])
    assert best is not None
    assert (best.sound.notes[MADE_BY], best.problems) == ("RHVoice (Alan)", ())
    only = speak(words, [hasty])
    assert only is not None
    assert "too short" in only.problems[0], "what can be heard is better than nothing"


def test_a_clip_in_which_nothing_is_heard_is_none(program: Program, tmp_path: Path) -> None:
    silent = tmp_path / "silent.wav"
    silent.write_bytes(wav_file(np.zeros(RATE_HZ)))
    assert (
        speak(Utterance("en", "Yes"), [voice(program("silent", f"shutil.copyfile({str(silent)!r}, sys.argv[1])"))])
        is None
    )


def test_a_voice_that_hangs_is_ended(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speaking, "SECONDS_MAX", 0.2)
    with pytest.raises(VoiceError, match="TimeoutExpired"):
        output_of(voice(program("hanging", "time.sleep(60)")), "Yes")


def test_a_failure_tells_nothing_of_the_words(program: Program) -> None:
    with pytest.raises(VoiceError) as caught:
        output_of(voice(program("failing", "sys.exit(3)")), "my name is Zofia")
    assert "Zofia" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_clip_is_made_anew_for_other_voices_and_other_ways_of_saying_it(monkeypatch: pytest.MonkeyPatch) -> None:
    words, (first, second) = Utterance("en", "Yes"), voices_for("en")
    assert mark(words, [first, second]) == mark(words, [first, second])
    assert mark(words, [first, second]) != mark(words, [second])
    before = mark(words, [first])
    monkeypatch.setattr(speaking, "pronounced", lambda _: "Yess")
    assert mark(words, [first]) != before


def test_words_reach_a_voice_by_its_standard_input_and_its_sound_never_touches_the_disk(program: Program) -> None:
    place = program("telling", "open(sys.argv[1], 'w').write(str((sys.argv, sys.stdin.read())))")
    said = output_of(voice(place), "Yes; rm -rf").decode()
    assert "/proc/self/fd/" in said
    assert said.count("Yes; rm -rf") == 1
    assert "rm -rf\\n\\n" in said
