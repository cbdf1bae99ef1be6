import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chungtay.config.settings")
django = get_wsgi_application()

from chungtay.portal.caching import kept_first  # noqa: E402 - reads settings

application = kept_first(django)
