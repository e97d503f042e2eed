"""Who looks for a partner, and whom an office has on its lists."""

from ninja import Router

router: Router = Router(tags=["finder"])
