from django.db import models


class FigureSnapshot(models.Model):
    """Figures of the network at one data version. `wanted_at`: when a job was asked for that has not begun."""

    scope = models.CharField(max_length=80, unique=True)  # "world"
    data_version = models.PositiveBigIntegerField(default=0)
    computed_at = models.DateTimeField(null=True)
    wanted_at = models.DateTimeField(null=True)
    figures = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.scope} @ {self.data_version}"
