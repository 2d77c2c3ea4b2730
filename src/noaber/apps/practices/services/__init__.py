"""The only writers of practices and lessons."""

from noaber.apps.practices.services.lessons import (
    act_on_lesson,
    add_lesson,
    change_lesson,
    check_lesson,
    leave_lesson,
    reopen_lesson,
    take_up_lesson,
)
from noaber.apps.practices.services.practices import (
    add_practice,
    change_practice,
    change_reuse,
    reuse_practice,
    translate_practice,
)

__all__ = [
    "act_on_lesson",
    "add_lesson",
    "add_practice",
    "change_lesson",
    "change_practice",
    "change_reuse",
    "check_lesson",
    "leave_lesson",
    "reopen_lesson",
    "reuse_practice",
    "take_up_lesson",
    "translate_practice",
]
