from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "concivis.directory"
    label = "directory"

    def ready(self) -> None:
        from concivis.directory import record_words

        record_words.register()
