/* root ends its children by SIGTERM, and A its own. The signal is blocked from the start and taken by sigwait, so that it cannot come
 * too early: neither before a child has printed nor before A has made C. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static sigset_t term;

static void say(const char *name) {
    printf("%s pid %ld ppid %ld\n", name, (long)getpid(), (long)getppid());
    fflush(stdout);
}

static pid_t make_child(void (*life)(void)) {
    pid_t pid = fork();
    if (pid == 0) {
        life();
        exit(0);
    }
    if (pid == -1) perror("fork");
    return pid;
}

static void end_child(pid_t pid) {
    if (pid == -1) return;
    kill(pid, SIGTERM);
    waitpid(pid, NULL, 0);
}

static void wait_for_term(void) {
    int signal;
    sigwait(&term, &signal);
}

static void live_as_b(void) {
    say("B");
    wait_for_term();
}

static void live_as_c(void) {
    say("C");
    wait_for_term();
}

static void live_as_a(void) {
    say("A");
    pid_t c = make_child(live_as_c);
    wait_for_term();
    end_child(c);
}

int main(void) {
    sigemptyset(&term);
    sigaddset(&term, SIGTERM);
    sigprocmask(SIG_BLOCK, &term, NULL);
    say("root");
    pid_t a = make_child(live_as_a);
    pid_t b = a == -1 ? -1 : make_child(live_as_b);
    char byte;
    while (b != -1 && read(STDIN_FILENO, &byte, 1) > 0) {
    }
    end_child(a);
    end_child(b);
    return b == -1 ? 1 : 0;
}
