"""How far the story of the exercise has come."""

from __future__ import annotations

from django.db import models


class Outcome(models.TextChoices):
    """How a step of the story came about. Only for those who present: no page shows it."""

    PLAYED = "played"
    OVERTAKEN = "overtaken"
    """Somebody had done it, or gone another way, when the story came to it."""


class PlayedStep(models.Model):
    """A step of the story that is behind us; written in the transaction of the step itself."""

    step = models.CharField(max_length=20, unique=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    at = models.DateTimeField()
    """By the exercise's clock."""
    story_at = models.DateTimeField()
    """When the story has it."""
    made = models.JSONField(default=dict)
    """What the story's own names became: `{"request": {"P1": "<id>"}, ...}`."""

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.step}: {self.outcome}"
