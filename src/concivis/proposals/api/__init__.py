"""The JSON API of citizens' initiatives: with a token what an office works with."""

from ninja import Router

from concivis.proposals.api import office

router = Router()
for part in (office,):
    router.add_router("", part.router)
