"""The web application: the only place where the parts meet."""

from flask import Flask

from server import activities
from server.accounts import login
from server.config import Settings
from server.sittings import installing
from server.store import Store
from server.store.keys import KeyName
from server.web import failures, frame, here, roles, security, words

UPLOAD_BYTES_MAX = 64 << 20
"""The largest file that is taken through the browser."""

FORM_BYTES_MAX = 2 << 20
FORM_PARTS_MAX = 5000


def create_app(settings: Settings, store: Store | None = None) -> Flask:
    """Give the application on the store of these settings; `StoreError` when there is none, or not of this version."""
    store = store or Store(settings)
    store.check_shape()
    app = Flask("server", static_url_path="/static", template_folder="web/templates")
    app.config.update(
        SECRET_KEY=store.keys.get(KeyName.SESSIONS),
        MAX_CONTENT_LENGTH=UPLOAD_BYTES_MAX,
        MAX_FORM_MEMORY_SIZE=FORM_BYTES_MAX,
        MAX_FORM_PARTS=FORM_PARTS_MAX,
        SESSION_COOKIE_NAME="__Host-sayso" if settings.https else "sayso",  # with the prefix no other site may set it
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.https,
        WTF_CSRF_TIME_LIMIT=None,  # a token lives as long as its session
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    here.put(app, store)
    words.register(app)
    frame.register(app)
    login.register(app)
    for blueprint in activities.BLUEPRINTS:
        app.register_blueprint(blueprint)
    installing.install(app, store, settings)
    app.before_request(roles.check)
    app.after_request(security.secured)
    failures.register(app)
    roles.public(app.view_functions["static"])
    roles.declared(app)
    return app
