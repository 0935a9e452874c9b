"""The WSGI application that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

from binhlu_portal.db.outages import be_brief

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "binhlu_portal.settings")

application = get_wsgi_application()
be_brief()
