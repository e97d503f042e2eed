from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    name = "concivis.directory"
    label = "directory"

    def ready(self) -> None:
        from concivis.hubs import record_words

        record_words.register("organisation.recorded", _("recorded an organisation"))
        record_words.register("organisation.changed", _("changed an organisation"))
