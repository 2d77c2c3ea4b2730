"""The labels that forms take from their models."""

from __future__ import annotations

import pytest
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext

from noaber.apps.actions.forms.actions import ActionForm
from noaber.apps.actions.forms.recommendations import RecommendationForm
from noaber.apps.practices.forms.lessons import LessonForm
from noaber.apps.practices.forms.practices import PracticeForm, ReuseForm, TranslationForm

FORMS = (ActionForm, RecommendationForm, LessonForm, PracticeForm, ReuseForm, TranslationForm)


@pytest.mark.parametrize("language", ["nl", "fr", "de"])
@pytest.mark.parametrize("form", FORMS)
def test_a_label_of_a_model_reads_like_the_same_label_elsewhere(form, language):
    with translation.override("en"):
        english = {name: str(field.label) for name, field in form.base_fields.items()}
    with translation.override(language):
        for name, field in form.base_fields.items():
            elsewhere = gettext(english[name])
            if elsewhere != english[name]:
                assert str(field.label) == capfirst(elsewhere), name
