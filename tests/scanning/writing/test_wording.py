"""Words weigh what the ink leaves open, and nothing else."""

from scanning.writing.wording import Wording, english

FEW = Wording(["the", "then", "tree"], [0.7, 0.2, 0.1])


def test_common_letters_are_likelier_than_rare_ones_and_those_of_no_word_are_possible() -> None:
    assert FEW.beginning("th") > FEW.beginning("tr") > FEW.beginning("tx") > -30
    assert FEW.word("the") > FEW.word("then") > FEW.word("thx") > -30


def test_a_word_that_has_only_begun_is_less_likely_a_whole_one() -> None:
    assert FEW.word("tre") < FEW.word("tree")
    assert FEW.beginning("tre") >= FEW.word("tree")


def test_letters_with_accents_can_be_a_word() -> None:
    assert FEW.word("müller") > -60


def test_what_was_forgotten_is_as_likely_as_before() -> None:
    words = Wording(["the", "then", "tree"], [0.7, 0.2, 0.1])
    before = words.beginning("the"), words.word("the")
    words.begun |= {str(number): 0.0 for number in range(200_001)}
    words.forget()
    assert len(words.begun) == 0
    assert (words.beginning("the"), words.word("the")) == before


def test_the_english_words_that_come_with_sayso_are_read() -> None:
    assert english().holds("repairs")
    assert not english().holds("repalrs")
    assert english().word("repairs") > english().word("repalrs") + 5
