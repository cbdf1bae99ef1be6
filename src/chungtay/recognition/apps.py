from django.apps import AppConfig


class RecognitionConfig(AppConfig):
    name = "chungtay.recognition"
    label = "recognition"
