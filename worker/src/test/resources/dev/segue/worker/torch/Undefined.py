# A script that does not compile.
class Undefined(Module):
    __parameters__ = []
    __buffers__ = []

    def value(self: __torch__.Undefined) -> int:
        return nothing_of_this_name
