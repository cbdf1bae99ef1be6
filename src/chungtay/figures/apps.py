from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "chungtay.figures"
    label = "figures"

    def ready(self) -> None:
        from chungtay.figures.receiving import listen

        listen()
