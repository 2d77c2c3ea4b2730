from __future__ import annotations

from django.urls import path

from noaber.apps.practices.views import lessons, papers, practices

urlpatterns = [
    path("practices/", practices.practices, name="practices"),
    path("practices/new", practices.practice_new, name="practice-new"),
    path("practices/reuses/<int:pk>", practices.reuse_edit, name="reuse-edit"),
    path("practices/<str:number>/", practices.practice, name="practice"),
    path("practices/<str:number>/edit", practices.practice_edit, name="practice-edit"),
    path("practices/<str:number>/translate", practices.practice_translate, name="practice-translate"),
    path("practices/<str:number>/reuse", practices.practice_reuse, name="practice-reuse"),
    path("practices/<str:number>/pdf", papers.practice_pdf, name="practice-pdf"),
    path("lessons/", lessons.lessons, name="lessons"),
    path("lessons/new", lessons.lesson_new, name="lesson-new"),
    path("lessons/<str:number>/", lessons.lesson, name="lesson"),
    path("lessons/<str:number>/pdf", papers.lesson_pdf, name="lesson-pdf"),
    path("lessons/<str:number>/edit", lessons.lesson_edit, name="lesson-edit"),
    path("lessons/<str:number>/act", lessons.lesson_act, name="lesson-act"),
    *(
        path(f"lessons/<str:number>/{code}", lessons.lesson_step, {"code": code}, name=f"lesson-{code}")
        for code in lessons.STEPS
    ),
]
