/** Reports: made, compared with printed figures, frozen, saved, copied. */
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Input } from '../../shared/contract/ipc/registry.ts';
import type { ReportSource, ReportWanted } from '../../shared/contract/ipc/report.ts';
import { invoke } from '../ipc.ts';

const reportKeys = {
  one: (source: ReportSource) => ['report', 'one', source] as const,
  printed: (about: Input<'report.printed'>) => ['report', 'printed', about] as const,
  source: (wanted: ReportWanted) => ['report', 'source', wanted] as const,
  /** By itself: the city's answer changes reports, and must not be asked for again by that. */
  city: (wanted: ReportWanted) => ['city-figures', wanted] as const,
  frozen: ['report', 'frozen'] as const,
  compared: (id: string) => ['report', 'compared', id] as const,
  choices: ['report', 'choices'] as const,
};

/** Made anew, or as it was kept. */
export function useReport(source: ReportSource) {
  return useQuery({
    queryKey: reportKeys.one(source),
    queryFn: () => ('frozen' in source ? invoke('report.kept', source) : invoke('report.make', source)),
  });
}

export function usePrinted({ report, from, to }: ReportWanted) {
  const about = { report, from, to };
  return useQuery({ queryKey: reportKeys.printed(about), queryFn: () => invoke('report.printed', about) });
}

export function useFigureSource(wanted: ReportWanted) {
  return useQuery({
    queryKey: reportKeys.source(wanted),
    queryFn: () => invoke('report.source', wanted),
    placeholderData: keepPreviousData,
  });
}

const ASKED_ANEW_MS = 60_000;

/** Asks when the report is opened and after every exchange. Whether the window before is compared makes no other question. */
export function useAskCity(wanted: ReportWanted) {
  const asked = { ...wanted, compare: true };
  return useQuery({
    queryKey: reportKeys.city(asked),
    queryFn: () => invoke('report.ask', asked),
    staleTime: ASKED_ANEW_MS,
  });
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

export function usePrintReport() {
  return useMutation({ mutationFn: (source: ReportSource) => invoke('report.paper', { source }) });
}

/** Named choices of the person signed in. */
export function useChoices() {
  return useQuery({ queryKey: reportKeys.choices, queryFn: () => invoke('choice.list', {}) });
}

export function useSaveChoice() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: Input<'choice.save'>) => invoke('choice.save', input),
    onSuccess: () => client.invalidateQueries({ queryKey: reportKeys.choices }),
  });
}

export function useRemoveChoice() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => invoke('choice.remove', { name }),
    onSuccess: () => client.invalidateQueries({ queryKey: reportKeys.choices }),
  });
}
