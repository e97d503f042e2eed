"""The JSON API of partnerships: what everybody may read, and with a token what an office works with."""

from ninja import Router

from concivis.twinning.api import (
    activities,
    answers,
    dates,
    documents,
    drafts,
    finder,
    journey,
    objectives,
    office,
    people,
    plan,
    profile,
    public,
    shortlists,
    views,
)

router = Router()
for part in (
    public,
    office,
    dates,
    answers,
    journey,
    objectives,
    plan,
    drafts,  # with those of `agreements`, on whose router they stand
    activities,
    documents,
    people,
    finder,
    shortlists,
    profile,
    views,
):
    router.add_router("", part.router)
