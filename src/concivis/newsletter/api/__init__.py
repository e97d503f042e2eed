"""The JSON API of newsletters: those that were sent for everybody, and with a token what the office sees of them."""

from ninja import Router

from concivis.newsletter.api import office, public

router = Router()
for part in (public, office):
    router.add_router("", part.router)
