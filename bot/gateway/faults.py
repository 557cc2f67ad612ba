"""What a log of the house network may say of a fault: its type and its place in the code, never its words.

The hub has the same in ``bot.faults``: the house network knows nothing of the hub, and the hub reaches it by the wire.
"""


def place_of(fault: BaseException) -> str:
    """The error's type and the line that raised it."""
    trace = fault.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    where = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
    return f"{type(fault).__name__} at {where}"
