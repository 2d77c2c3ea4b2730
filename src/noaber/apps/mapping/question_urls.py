"""The addresses of the open questions."""

from __future__ import annotations

from django.urls import path

from noaber.apps.mapping.views import questions

urlpatterns = [
    path("mapping/questions/", questions.questions, name="questions"),
    path("mapping/questions/ask", questions.questions_ask, name="questions-ask"),
    path("mapping/questions/<str:code>/<slug:field>/", questions.question, name="question"),
    path("mapping/questions/<str:code>/<slug:field>/ask", questions.question_ask, name="question-ask"),
    path("mapping/questions/<str:code>/<slug:field>/answer", questions.question_answer, name="question-answer"),
    path("mapping/questions/<str:code>/<slug:field>/give-up", questions.question_give_up, name="question-give-up"),
]
