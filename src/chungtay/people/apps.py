from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "chungtay.people"
    label = "people"

    def ready(self) -> None:
        from chungtay.people import at_the_door  # connects its receivers

        assert at_the_door
