from django.apps import AppConfig


class IntroductionsConfig(AppConfig):
    name = "concivis.introductions"
    label = "introductions"
