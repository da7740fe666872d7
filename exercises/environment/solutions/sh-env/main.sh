#!/bin/bash
# env changes the environment of the command that it is given: here another env.
env LAB_TOKEN=child LAB_EXTRA=1 env
printenv LAB_TOKEN | sed '1s/^/LAB_TOKEN=/'
