from django.apps import AppConfig


class NewsletterConfig(AppConfig):
    name = "concivis.newsletter"
    label = "newsletter"
