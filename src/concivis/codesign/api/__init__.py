"""The JSON API of co-design: what everybody may read, and with a token what an office works with."""

from ninja import Router

from concivis.codesign.api import office, outcomes, public

router = Router()
for part in (public, office, outcomes):
    router.add_router("", part.router)
