"""Laws of merging: whatever two people write at once, nothing of it is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noaber.core.merging import (
    Agreed,
    Clash,
    Lines,
    Piece,
    is_clean,
    keep_both,
    lines_of,
    merge,
    put_additions_together,
    text_of,
)

TEXTS = st.lists(st.sampled_from(["a", "b", "c", "d", ""]), max_size=7).map(tuple)


def everything(pieces: list[Piece]) -> set[str]:
    return set(keep_both(pieces))


@given(base=TEXTS, side=TEXTS)
def test_two_equal_sides_and_an_unchanged_one_give_the_side(base: Lines, side: Lines):
    for pieces in (merge(base, side, side), merge(base, side, base), merge(base, base, side)):
        assert is_clean(pieces)
        assert keep_both(pieces) == side


@given(base=TEXTS, ours=TEXTS, theirs=TEXTS)
def test_mirrored_input_gives_mirrored_pieces(base: Lines, ours: Lines, theirs: Lines):
    mirrored = [
        piece if isinstance(piece, Agreed) else Clash(piece.base, piece.theirs, piece.ours)
        for piece in merge(base, ours, theirs)
    ]
    assert merge(base, theirs, ours) == mirrored


@given(base=TEXTS, ours=TEXTS, theirs=TEXTS)
def test_nothing_that_either_side_wrote_is_left_out(base: Lines, ours: Lines, theirs: Lines):
    kept = everything(merge(base, ours, theirs))
    assert (set(ours) - set(base)) | (set(theirs) - set(base)) <= kept


@given(base=TEXTS, ours=TEXTS, theirs=TEXTS)
def test_nothing_is_made_up(base: Lines, ours: Lines, theirs: Lines):
    assert everything(merge(base, ours, theirs)) <= set(ours) | set(theirs)


@given(base=TEXTS, ours=TEXTS, theirs=TEXTS)
def test_additions_are_put_together_and_nothing_else_changes(base: Lines, ours: Lines, theirs: Lines):
    pieces = merge(base, ours, theirs)
    together = put_additions_together(pieces)
    assert everything(together) == everything(pieces)
    choices = [[piece for piece in some if isinstance(piece, Clash) and piece.base] for some in (pieces, together)]
    assert choices[0] == choices[1]
    assert all(piece.base for piece in together if isinstance(piece, Clash))


def test_what_both_added_at_the_end_stands_once():
    together = put_additions_together(merge(("a",), ("a", "x", "mine"), ("a", "x", "theirs")))
    assert together == [Agreed(("a", "x", "theirs", "mine"))]


SENTENCES = st.lists(st.sampled_from(["A.", "B.", "C.", "D.", "\n"]), max_size=9)


def paragraphs(parts: list[str]) -> Lines:
    return lines_of(" ".join(parts).replace(" \n ", "\n").strip())


def sentences(lines: Lines) -> list[str]:
    return " ".join(lines).split()


def stand_in_order(some: list[str], all_of_them: list[str]) -> bool:
    left = iter(all_of_them)
    return all(one in left for one in some)


@given(ours=SENTENCES.map(paragraphs), theirs=SENTENCES.map(paragraphs))
def test_keeping_both_keeps_every_sentence_of_each_in_its_order(ours: Lines, theirs: Lines):
    both = sentences(keep_both([Clash(("X.",), ours, theirs)]))
    assert stand_in_order(sentences(ours), both)
    assert stand_in_order(sentences(theirs), both)


@given(st.permutations(["A.", "B.", "C.", "D."]), st.sets(st.integers(0, 3)), st.sets(st.integers(0, 3)))
def test_what_both_say_in_the_same_order_stands_once(words: list[str], left_out: set[int], added: set[int]):
    theirs = [word for number, word in enumerate(words) if number not in left_out]
    ours = [part for number, word in enumerate(words) for part in ([word, f"{number}."] if number in added else [word])]
    both = sentences(keep_both([Clash(("X.",), (" ".join(ours),), (" ".join(theirs),))]))
    assert sorted(both) == sorted(ours)


@pytest.mark.parametrize(
    ("theirs", "ours", "both"),
    [
        ("One. Two. Theirs.", "One. Ours. Two.", "One. Ours. Two. Theirs."),
        ("One. Theirs.", "One. Ours.", "One. Theirs. Ours."),
        ("One.\nTwo. Theirs.", "One. Two. Ours.", "One.\nTwo. Theirs. Ours."),
        ("One. Theirs.\nBetween.", "One. Ours.\nLast.", "One. Theirs. Ours.\nBetween.\nLast."),
        (" One. Theirs.", "One.\nOurs.", " One. Theirs.\nOurs."),
        ("Three boats.", "Four boats.", "Three boats.\nFour boats."),
        ("", "One. Ours.", "One. Ours."),
    ],
)
def test_what_keeping_both_gives(theirs: str, ours: str, both: str):
    assert text_of(keep_both([Clash(("Base.",), lines_of(ours), lines_of(theirs))])) == both


def test_what_is_sent_again_with_more_behind_it_stands_once():
    together = put_additions_together(merge((), ("First. Second.",), ("First.",)))
    assert together == [Agreed(("First. Second.",))]


@pytest.mark.parametrize(
    ("ours", "theirs", "merged"),
    [
        ("P.\nFirst.\nMine.", "P. More.\nFirst.\nOther.", "P. More.\nFirst.\nOther.\nMine."),
        ("First.\nMine.\nP.", "First.\nOther.\nP. More.", "First.\nOther.\nMine.\nP. More."),
    ],
)
def test_a_paragraph_that_was_written_on_is_apart_from_what_was_added_beside_it(ours: str, theirs: str, merged: str):
    pieces = put_additions_together(merge(("P.",), lines_of(ours), lines_of(theirs)))
    assert is_clean(pieces)
    assert text_of(keep_both(pieces)) == merged


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "both"),
    [
        ("One. Two.", "One. Mine. Two.", "One.\nTwo.", "One. Mine.\nTwo."),
        ("One.\nTwo.", "One.\nTwo. Mine.", "One. Two.", "One.\nTwo. Mine."),
        ("One. Two.", "One. Two. Mine.\nLast.", "One.\nTwo. Other.\nLast.", "One.\nTwo. Other. Mine.\nLast."),
        ("P.", "P.\nFirst.", "Anew.\nFirst.", "Anew.\nP.\nFirst."),
    ],
)
def test_what_both_say_at_the_edge_of_a_change_stands_once(base: str, ours: str, theirs: str, both: str):
    pieces = merge(lines_of(base), lines_of(ours), lines_of(theirs))
    assert not is_clean(pieces)
    assert text_of(keep_both(pieces)) == both


def test_paragraphs_apart_are_taken_together():
    pieces = merge(lines_of("one\ntwo\nthree"), lines_of("ONE\ntwo\nthree"), lines_of("one\ntwo\nthree\nfour"))
    assert is_clean(pieces)
    assert text_of(keep_both(pieces)) == "ONE\ntwo\nthree\nfour"


def test_neighbouring_paragraphs_do_not_meet():
    assert keep_both(merge(("a", "b"), ("A", "b"), ("a", "B"))) == ("A", "B")


def test_one_paragraph_changed_twice_stands_side_by_side():
    assert merge(("a", "b"), ("a", "ours"), ("a", "theirs")) == [Agreed(("a",)), Clash(("b",), ("ours",), ("theirs",))]


def test_two_sentences_at_one_place_are_a_choice():
    assert merge(("a",), ("a", "x"), ("a", "y")) == [Agreed(("a",)), Clash((), ("x",), ("y",))]


def test_a_paragraph_that_one_side_removed_and_the_other_changed_is_a_choice():
    assert merge(("a", "b"), ("a",), ("a", "B")) == [Agreed(("a",)), Clash(("b",), (), ("B",))]


def test_texts_and_lines():
    assert lines_of("") == ()
    assert text_of(lines_of("a\r\n\r\nb\n")) == "a\n\nb\n"
