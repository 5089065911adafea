/** Reports: made, compared with printed figures, frozen, saved, copied. */
import { useMutation, useQuery } from '@tanstack/react-query';
import type { Input } from '../../shared/contract/ipc/registry.ts';
import type { ReportWanted } from '../../shared/contract/ipc/report.ts';
import { invoke } from '../ipc.ts';

const reportKeys = {
  one: (wanted: ReportWanted) => ['report', 'one', wanted] as const,
  printed: (about: Input<'report.printed'>) => ['report', 'printed', about] as const,
  frozen: ['report', 'frozen'] as const,
  compared: (id: string) => ['report', 'compared', id] as const,
};

export function useReport(wanted: ReportWanted) {
  return useQuery({ queryKey: reportKeys.one(wanted), queryFn: () => invoke('report.make', wanted) });
}

export function usePrinted({ report, from, to }: ReportWanted) {
  const about = { report, from, to };
  return useQuery({ queryKey: reportKeys.printed(about), queryFn: () => invoke('report.printed', about) });
}

/** Frozen reports of the office, all definitions. */
export function useFrozen() {
  return useQuery({ queryKey: reportKeys.frozen, queryFn: () => invoke('report.frozen', { report: null }) });
}

export function useCompared(id: string) {
  return useQuery({ queryKey: reportKeys.compared(id), queryFn: () => invoke('report.compare', { id }) });
}

export function usePrintFigure() {
  return useMutation({ mutationFn: (input: Input<'report.print'>) => invoke('report.print', input) });
}

export function useFreeze() {
  return useMutation({ mutationFn: (input: ReportWanted) => invoke('report.freeze', input) });
}

export function useSaveReport() {
  return useMutation({ mutationFn: (input: Input<'report.save'>) => invoke('report.save', input) });
}

export function useCopyReport() {
  return useMutation({ mutationFn: (input: Input<'report.copy'>) => invoke('report.copy', input) });
}
