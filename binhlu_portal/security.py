"""Response headers: a Content Security Policy against foreign code, and a cache policy by which pages stay nowhere."""

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


class ContentSecurityPolicy:
    """Content Security Policy middleware: every response, errors included, forbids inline and foreign code."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """Answer the request and add the policy."""
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        return response


UNCACHED = "no-store, private"


class NoStore:
    """Cache middleware: whatever the portal answers is kept by no browser and no proxy.

    It stands beneath WhiteNoise: static files are the same for everybody, and are kept.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """Answer the request and forbid keeping the answer."""
        response = self.get_response(request)
        response.headers["Cache-Control"] = UNCACHED
        return response
