/* The same with switch, waitid and nothing buffered: dprintf writes at once, so _exit loses nothing. */
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
    siginfo_t end;
    pid_t pid = fork();

    switch (pid) {
        case -1:
            perror("fork");
            return 1;
        case 0:
            dprintf(STDOUT_FILENO, "child %d parent %d\n", (int)getpid(), (int)getppid());
            _exit(7);
        default:
            if (waitid(P_PID, pid, &end, WEXITED) == -1) {
                perror("waitid");
                return 1;
            }
            dprintf(STDOUT_FILENO, "parent %d child %d\nchild exited %d\n", (int)getpid(), (int)end.si_pid, end.si_status);
            return 0;
    }
}
