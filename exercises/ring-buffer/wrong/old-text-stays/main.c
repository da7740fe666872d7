#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define N 8
#define MIDA 4096

struct anell {
    sem_t lliures, plenes;
    char linies[N][MIDA];
};

static void productor(struct anell *a) {
    char l[MIDA];
    int i = 0;
    while (fgets(l, sizeof l, stdin) != NULL) {
        sem_wait(&a->lliures);
        strncpy(a->linies[i], l, strlen(l));
        i = (i + 1) % N;
        sem_post(&a->plenes);
    }
    sem_wait(&a->lliures);
    a->linies[i][0] = '\0';
    sem_post(&a->plenes);
}

static void consumidor(struct anell *a) {
    int i = 0;
    for (;;) {
        sem_wait(&a->plenes);
        if (a->linies[i][0] == '\0') break;
        printf("%s", a->linies[i]);
        fflush(stdout);
        i = (i + 1) % N;
        sem_post(&a->lliures);
    }
}

int main(void) {
    struct anell *a = mmap(NULL, sizeof *a, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    sem_init(&a->lliures, 1, N);
    sem_init(&a->plenes, 1, 0);
    pid_t pid = fork();
    if (pid == -1) {
        perror("fork");
        exit(1);
    }
    if (pid == 0) {
        consumidor(a);
        exit(0);
    }
    productor(a);
    waitpid(pid, NULL, 0);
    return 0;
}
