from django.apps import AppConfig


class VocabularyConfig(AppConfig):
    name = "concivis.vocabulary"
    label = "vocabulary"
