from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    name = "concivis.proposals"
    label = "proposals"

    def ready(self) -> None:
        """Nothing to register yet."""
