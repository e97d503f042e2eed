"""The JSON API of partnerships: what everybody may read, and with a token what an office works with."""

from ninja import Router

from concivis.twinning.api import activities, finder, journey, office, public

router = Router()
for part in (public, office, journey, activities, finder):
    router.add_router("", part.router)
