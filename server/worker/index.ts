export { makeMetrics as makeWorkerMetrics, type WorkerMetrics } from './metrics.ts';
export { makeWorkerPool, PACE, startWorker, type Worker, type WorkerOptions, type WorkerPace } from './worker.ts';
