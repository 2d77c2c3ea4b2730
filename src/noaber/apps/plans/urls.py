from __future__ import annotations

from django.urls import path

from noaber.apps.plans.views import consultations, indicators, objectives, plans, reminders, report, steps

urlpatterns = [
    path("plans/", plans.plans, name="plans"),
    path("plans/new", plans.plan_new, name="plan-new"),
    path("plans/objectives/<int:pk>/", objectives.objective, name="objective"),
    path("plans/objectives/<int:pk>/edit", objectives.objective_edit, name="objective-edit"),
    path("plans/objectives/<int:pk>/move", objectives.objective_move, name="objective-move"),
    path("plans/objectives/<int:pk>/remove", objectives.objective_remove, name="objective-remove"),
    path("plans/objectives/<int:pk>/action", objectives.objective_action, name="objective-action"),
    path("plans/objectives/<int:pk>/serve", objectives.objective_serve, name="objective-serve"),
    path("plans/objectives/<int:pk>/weight/<str:number>", objectives.objective_weight, name="objective-weight"),
    path("plans/objectives/<int:pk>/indicator", indicators.indicator_new, name="indicator-new"),
    path("plans/indicators/<int:pk>/", indicators.indicator, name="indicator"),
    path("plans/indicators/<int:pk>/measure", indicators.indicator_measure, name="indicator-measure"),
    path("plans/indicators/<int:pk>/remove", indicators.indicator_remove, name="indicator-remove"),
    path("plans/comments/<int:pk>/answer", consultations.comment_answer, name="comment-answer"),
    path("plans/<str:number>/", plans.plan, name="plan"),
    path("plans/<str:number>/edit", plans.plan_edit, name="plan-edit"),
    path("plans/<str:number>/objective", objectives.objective_new, name="objective-new"),
    path("plans/<str:number>/steps", steps.plan_steps, name="plan-steps"),
    path("plans/<str:number>/adopt", steps.plan_adopt, name="plan-adopt"),
    path("plans/<str:number>/revise", steps.plan_revise, name="plan-revise"),
    path("plans/<str:number>/close", steps.plan_close, name="plan-close"),
    path("plans/<str:number>/withdraw", steps.plan_withdraw, name="plan-withdraw"),
    path("plans/<str:number>/take-up", steps.plan_take_up, name="plan-take-up"),
    path("plans/<str:number>/keep", steps.plan_keep, name="plan-keep"),
    path("plans/<str:number>/remind", reminders.plan_remind, name="plan-remind"),
    path("plans/<str:number>/compare", report.plan_compare, name="plan-compare"),
    path("plans/<str:number>/quarters/<str:on>", report.plan_snapshot, name="plan-snapshot"),
    path("plans/<str:number>/report", report.plan_report, name="plan-report"),
    path("plans/<str:number>/report.pdf", report.plan_pdf, name="plan-pdf"),
    path("plans/<str:number>/consultation", consultations.plan_consultation, name="plan-consultation"),
    path("plans/<str:number>/consultation/open", consultations.consultation_open, name="consultation-open"),
    path("plans/<str:number>/consultation/comment", consultations.consultation_comment, name="consultation-comment"),
    path("plans/<str:number>/consultation/done", consultations.consultation_done, name="consultation-done"),
    path("plans/<str:number>/consultation/remind", reminders.consultation_remind, name="consultation-remind"),
    path("plans/<str:number>/consultation/close", consultations.consultation_close, name="consultation-close"),
]
