/** Catches a bug in one screen, so that the rest of the window and every draft stay. */
import { Component, type ReactNode } from 'react';
import { t } from '../text/text.ts';
import { Button } from './button.tsx';

interface Props {
  readonly children: ReactNode;
  readonly onHome: () => void;
}

export class ErrorBoundary extends Component<Props, { readonly text: string | null }> {
  override state: { readonly text: string | null } = { text: null };

  static getDerivedStateFromError(error: unknown): { readonly text: string } {
    return { text: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    const { text } = this.state;
    if (text === null) return this.props.children;
    return (
      <section className="card bad stack" role="alert">
        <h1>{t('crash.title')}</h1>
        <p>{t('crash.text')}</p>
        <p className="dim">{text}</p>
        <div>
          <Button
            look="primary"
            onClick={() => {
              this.setState({ text: null });
              this.props.onHome();
            }}
          >
            {t('action.home')}
          </Button>
        </div>
      </section>
    );
  }
}
