"""Laws of merging: whatever two people write at once, nothing of it is lost."""

from __future__ import annotations

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
