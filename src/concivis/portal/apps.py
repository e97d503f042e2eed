from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "concivis.portal"
    label = "portal"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from concivis.hubs import hooks as hubs
        from concivis.hubs.permissions import Permission
        from concivis.portal import home_pieces
        from concivis.portal.queries import hubs_of_things
        from concivis.reach import hooks

        hooks.owners.append(hubs_of_things)
        hubs.home_pieces += [(20, home_pieces.latest), (30, home_pieces.countries)]
        hubs.office_pages.append(
            hubs.OfficePage(_("Website and posters"), "portal:office_embed", Permission.VIEW_OFFICE, rank=65)
        )
