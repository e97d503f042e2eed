from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "concivis.portal"
    label = "portal"

    def ready(self) -> None:
        from concivis.portal.queries import hubs_of_things
        from concivis.reach import hooks

        hooks.owners.append(hubs_of_things)
