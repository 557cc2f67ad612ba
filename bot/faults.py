"""What a log may say of a fault: its type and its place in the code, never its words, which may quote a person."""


def place_of(error: BaseException) -> str:
    """Return the error's type and the line that raised it."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    where = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
    return f"{type(error).__name__} at {where}"
