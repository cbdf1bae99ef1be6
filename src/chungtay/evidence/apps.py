from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "chungtay.evidence"
    label = "evidence"
