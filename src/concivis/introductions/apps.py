from django.apps import AppConfig


class IntroductionsConfig(AppConfig):
    name = "concivis.introductions"
    label = "introductions"

    def ready(self) -> None:
        from concivis.initiatives import hooks
        from concivis.introductions import beside, index
        from concivis.shell import schedule

        hooks.beside_form.append(beside.beside_form)
        hooks.on_page.append(beside.below_page)
        schedule.every(minutes=60 * 6)(index.ensure_built)
