"""The JSON API of citizens' initiatives: what everybody may read, and with a token what an office works with."""

from ninja import Router

from concivis.proposals.api import office, public

router = Router()
for part in (public, office):
    router.add_router("", part.router)
