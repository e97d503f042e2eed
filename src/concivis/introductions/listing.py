"""Introductions as a table for other programs. No address and no message of anybody is in it."""

from django.utils.translation import gettext_lazy as _

from concivis.introductions.models import Introduction, Side
from concivis.shell.exports import Column


def _side(introduction: Introduction, position: int) -> Side:
    return introduction.sides.all()[position]


def _hub(introduction: Introduction, position: int) -> str:
    hub = _side(introduction, position).hub
    return hub.name if hub else ""


COLUMNS: list[Column[Introduction]] = [
    Column("id", _("id"), lambda each: each.public_id),
    Column("first", _("first entry"), lambda each: _side(each, 0).title),
    Column("first_city", _("its city"), lambda each: _hub(each, 0)),
    Column("second", _("second entry"), lambda each: _side(each, 1).title),
    Column("second_city", _("its city"), lambda each: _hub(each, 1)),
    Column("asked_by_office", _("asked by the office"), lambda each: each.is_by_office),
    Column("asked_on", _("asked on"), lambda each: each.asked_at.date()),
    Column("state", _("state"), lambda each: each.state),
    Column(
        "introduced_on",
        _("introduced on"),
        lambda each: each.introduced_at.date() if each.introduced_at else None,
    ),
    Column("outcome", _("what came of it"), lambda each: each.outcome),
    Column("note", _("note"), lambda each: each.outcome_note),
]
