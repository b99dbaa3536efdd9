"""What the Bot API answers when it does not do what it was asked."""

from typing import Any

Json = dict[str, Any]


class ApiError(Exception):
    """An answer that is not ok, with Telegram's own words."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def body(self) -> Json:
        """The JSON of the answer."""
        body: Json = {"ok": False, "error_code": self.code, "description": self.description}
        return {**body, "parameters": self.parameters} if self.parameters else body


def bad_request(why: str) -> ApiError:
    """400, as for a broken message."""
    return ApiError(400, f"Bad Request: {why}")


def forbidden(why: str) -> ApiError:
    """403, as after a block."""
    return ApiError(403, f"Forbidden: {why}")


def too_many(retry_after: int) -> ApiError:
    """429: flood control."""
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)


def unauthorized() -> ApiError:
    """401: a token nobody knows."""
    return ApiError(401, "Unauthorized")


def not_found() -> ApiError:
    """404: no such method, or a token that is none."""
    return ApiError(404, "Not Found")


def terminated() -> ApiError:
    """409 for the poll that another one took over from."""
    other = "terminated by other getUpdates request; make sure that only one bot instance is running"
    return ApiError(409, f"Conflict: {other}")


def webhook_active() -> ApiError:
    """409 for a poll while updates go to a webhook."""
    why = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
    return ApiError(409, f"Conflict: {why}")


NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)
