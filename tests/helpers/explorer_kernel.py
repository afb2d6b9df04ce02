"""A live kernel that runs sources as the cells of a notebook: each run carries its cell's id."""

from contextlib import contextmanager

from jupyter_client.manager import start_new_kernel


@contextmanager
def running_kernel():
    """Yield a function of a source and a cell's id, which returns what was printed."""
    manager, client = start_new_kernel(kernel_name="python3", startup_timeout=60)

    def run(source, cell):
        content = {"code": source, "silent": False, "store_history": True, "user_expressions": {}}
        content |= {"allow_stdin": False, "stop_on_error": True}
        message = client.session.msg("execute_request", content, metadata={"cellId": cell})
        client.shell_channel.send(message)
        printed, idle = "", False
        while not idle:
            answer = client.get_iopub_msg(timeout=60)
            if answer["parent_header"].get("msg_id") != message["header"]["msg_id"]:
                continue
            kind, said = answer["msg_type"], answer["content"]
            assert kind != "error", "\n".join(said["traceback"])
            printed += said["text"] if kind == "stream" else ""
            idle = kind == "status" and said["execution_state"] == "idle"
        return printed.strip()

    try:
        yield run
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
