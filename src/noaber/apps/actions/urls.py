from __future__ import annotations

from django.urls import path

from noaber.apps.actions.views import actions, calendar, recommendations

urlpatterns = [
    path("actions/", actions.actions, name="actions"),
    path("actions/new", actions.action_new, name="action-new"),
    path("actions/register.pdf", actions.action_register, name="actions-register"),
    path("actions/calendar", calendar.calendar, name="actions-calendar"),
    path("actions/calendar/<int:pk>/<str:token>.ics", calendar.feed, name="actions-feed"),
    path("actions/<str:number>/", actions.action, name="action"),
    path("actions/<str:number>/edit", actions.action_edit, name="action-edit"),
    *(
        path(f"actions/<str:number>/{code}", actions.action_step, {"code": code}, name=f"action-{code}")
        for code in actions.STEPS
    ),
    path("recommendations/", recommendations.recommendations, name="recommendations"),
    path("recommendations/new", recommendations.recommendation_new, name="recommendation-new"),
    path("recommendations/register.pdf", recommendations.recommendation_register, name="recommendations-register"),
    path("recommendations/<str:number>/", recommendations.recommendation, name="recommendation"),
    path("recommendations/<str:number>/edit", recommendations.recommendation_edit, name="recommendation-edit"),
    *(
        path(
            f"recommendations/<str:number>/{code}",
            recommendations.recommendation_step,
            {"code": code},
            name=f"recommendation-{code}",
        )
        for code in recommendations.STEPS
    ),
]
