from django.apps import AppConfig


class CommunityConfig(AppConfig):
    name = "chungtay.community"
    label = "community"
